using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Equipment.Data;

/// <summary>Which unit is in which work center is told to the gateway, which has not been told before.</summary>
[DbContext(typeof(EquipmentDb)), Migration("202612020350_TellWorkCenters")]
sealed class TellWorkCenters() : TellUnits("identity-know-equipment");
