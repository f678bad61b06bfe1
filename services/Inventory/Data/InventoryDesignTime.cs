using Mes.Messaging;

namespace Mes.Inventory.Data;

sealed class InventoryDesignTime : DesignTimeFactory<InventoryDb>;
