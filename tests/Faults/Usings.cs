// Each scenario wants the machine for itself: what it measures is how long things drain under its own load.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
