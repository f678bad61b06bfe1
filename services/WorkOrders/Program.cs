using Mes.Web.Hosting;
using Mes.WorkOrders;

var builder = MesService.CreateBuilder("work-orders", args);
builder.AddWorkOrders();
var app = builder.BuildMes();
app.MapWorkOrders();
await app.RunMes();
