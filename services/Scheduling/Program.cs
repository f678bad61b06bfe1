using Mes.Scheduling;
using Mes.Web.Hosting;

var builder = MesService.CreateBuilder("scheduling", args);
builder.AddScheduling();
var app = builder.BuildMes();
app.MapScheduling();
await app.RunMes();
