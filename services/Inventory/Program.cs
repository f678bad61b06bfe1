using Mes.Inventory;
using Mes.Web.Hosting;

var builder = MesService.CreateBuilder("inventory", args);
builder.AddInventory();
var app = builder.BuildMes();
app.MapInventory();
await app.RunMes();
