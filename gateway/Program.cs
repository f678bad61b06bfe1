using Mes.Gateway;
using Mes.Gateway.Live;
using Mes.Hosting;

var builder = WebApplication.CreateBuilder(args);
builder.AddTelemetry("gateway");
builder.AddGateway();
builder.AddLiveFromBroker();

var app = builder.Build();
app.MapGateway();
await app.PrepareGatewayAsync(static (name, password) => Console.WriteLine(
    $"First start: sign in as '{name}' with the one-time password '{password}'. It is not shown again."));
await app.RunAsync();
