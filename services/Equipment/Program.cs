using Mes.Equipment;
using Mes.Web;

var builder = MesService.CreateBuilder("equipment", args);
builder.AddEquipment();
var app = builder.BuildMes();
app.MapEquipment();
await app.RunMes();
