using Mes.Equipment;
using Mes.Web.Hosting;

var builder = MesService.CreateBuilder("equipment", args);
builder.AddEquipment();
var app = builder.BuildMes();
app.MapEquipment();
await app.RunMes();
