// Each scenario wants the machine for itself: what it measures is how long things drain under its own load.
[assembly: Xunit.CollectionBehavior(DisableTestParallelization = true)]
