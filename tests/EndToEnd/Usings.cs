global using Mes.Tests.Editions;
global using Mes.Tests.Support;
global using Shouldly;
global using Xunit;

// Each test drives a whole installation: one after the other.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
