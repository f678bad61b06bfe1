using Mes.Quality;
using Mes.Web.Hosting;

var builder = MesService.CreateBuilder("quality", args);
builder.AddQuality();
var app = builder.BuildMes();
app.MapQuality();
await app.RunMes();
