global using Shouldly;
global using Xunit;
// not the contracts' attribute of that name
global using FactAttribute = Xunit.FactAttribute;
