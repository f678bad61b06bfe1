using Mes.Hosting;
using Mes.Quality;

var builder = MesService.CreateBuilder("quality", args);
builder.AddQuality();
var app = builder.BuildMes();
app.MapQuality();
await app.RunMes();
