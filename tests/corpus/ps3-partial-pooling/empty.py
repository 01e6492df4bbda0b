# story: handed in as it was received
# base: released
# test-build-hierarchical: 0 not-written
# test-sample-hierarchical: 0 not-written
# test-outlier-shrinks: 0 not-written
# test-measure-shrinkage: 0 not-written
