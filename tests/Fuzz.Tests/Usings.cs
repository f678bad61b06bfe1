global using System.Text;
global using System.Text.Json.Nodes;
global using Mes.Tests.Editions;
global using Shouldly;
global using Xunit;
