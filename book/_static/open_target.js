// A link may lead into something that is folded or to a tab that is not shown: open it.
(() => {
  const open = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const folded = target?.closest("details");
    if (folded) folded.open = true;
    if (target?.matches("label[for]")) document.getElementById(target.htmlFor).checked = true;
    if (folded) target.scrollIntoView();
  };
  addEventListener("hashchange", open);
  addEventListener("DOMContentLoaded", open);
})();
