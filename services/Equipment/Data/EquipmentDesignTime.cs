using Mes.Persistence;

namespace Mes.Equipment.Data;

sealed class EquipmentDesignTime : DesignTimeFactory<EquipmentDb>;
