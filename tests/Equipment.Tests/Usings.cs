global using Shouldly;
global using Xunit;
global using FactAttribute = Xunit.FactAttribute;
