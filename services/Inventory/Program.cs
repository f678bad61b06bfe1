using Mes.Hosting;
using Mes.Inventory;

var builder = MesService.CreateBuilder("inventory", args);
builder.AddInventory();
var app = builder.BuildMes();
app.MapInventory();
await app.RunMes();
