using Xunit;

// Several tests measure time, and others share the machine.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
