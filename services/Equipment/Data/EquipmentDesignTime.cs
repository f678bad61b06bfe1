using Mes.Messaging;

namespace Mes.Equipment.Data;

sealed class EquipmentDesignTime : DesignTimeFactory<EquipmentDb>;
