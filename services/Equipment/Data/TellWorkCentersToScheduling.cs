using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Equipment.Data;

/// <summary>Which unit is in which work center is told to Scheduling, which has not kept it before.</summary>
[DbContext(typeof(EquipmentDb)), Migration("202612020900_TellWorkCentersToScheduling")]
sealed class TellWorkCentersToScheduling() : TellUnits("scheduling-know-equipment");
