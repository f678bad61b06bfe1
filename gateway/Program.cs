using Mes.Gateway;
using Mes.Gateway.Live;
using Mes.Messaging;
using Mes.Web.Hosting;

// Whatever waits for a socket goes on where it was read, in Kestrel and towards the services; see decision 17
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");

var builder = WebApplication.CreateBuilder(args);
builder.AddTelemetry("gateway");
builder.AddGateway();
builder.Services.AddLiveFromBroker();
builder.Services.AddBus(builder.Configuration);

var app = builder.Build();
app.MapGateway();
await app.PrepareGatewayAsync(static (name, password) => Console.WriteLine(
    $"First start: sign in as '{name}' with the one-time password '{password}'. It is not shown again."));
// The job engine reads its database without giving its thread back: not the one that reads the sockets
await Task.Run(() => app.RunAsync());
