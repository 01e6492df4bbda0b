"""Leave a record of how healthy each fit is, in the notebook of the cell that made it.

IPython runs this at the start of a page's kernel. After each cell it looks for traces that were
not there before; the record goes the way of glued values, unseen by the reader, and `honest_fits`
reads it when the page is built.
"""


def _watch() -> None:
    from IPython.core.getipython import get_ipython
    from IPython.display import display

    shell = get_ipython()
    if shell is None:
        return
    seen = []  # the traces themselves: the id of one that is gone may come again

    def traces():
        for name, value in list(shell.user_ns.items()):
            if name.startswith("_"):
                continue
            many = (
                [(f"{name}[{key!r}]", part) for key, part in value.items()]
                if type(value) is dict
                else [(f"{name}[{i}]", part) for i, part in enumerate(value)]
                if type(value) in (list, tuple)
                else [(name, value)]
            )
            for label, found in many:
                if type(found).__name__ in ("DataTree", "InferenceData") and not any(
                    found is other for other in seen
                ):
                    seen.append(found)
                    if hasattr(found, "posterior"):
                        yield label, found

    def health(trace):
        import arviz as az
        import numpy as np

        posterior = trace.posterior
        posterior = posterior.to_dataset() if hasattr(posterior, "to_dataset") else posterior
        if posterior.sizes.get("chain", 1) < 2:
            r_hat = float("nan")
        else:
            r_hat = max(float(np.nanmax(part)) for part in az.rhat(posterior).values())
        ess = min(float(np.nanmin(part)) for part in az.ess(posterior).values())
        stats = getattr(trace, "sample_stats", {})
        diverging = int(np.sum(stats["diverging"].values)) if "diverging" in stats else 0
        return diverging, r_hat, ess

    def record(result) -> None:
        for name, trace in traces():
            prefix = "application/papermill.record/"
            label = f"fit {result.execution_count} {name}"
            display(
                {f"{prefix}text/plain": repr(health(trace))},
                metadata={"scrapbook": {"name": label, "mime_prefix": prefix}},
                raw=True,
            )

    shell.events.register("post_run_cell", record)


_watch()
del _watch
