global using Mes.Tests.Support;
global using Shouldly;
global using Xunit;
