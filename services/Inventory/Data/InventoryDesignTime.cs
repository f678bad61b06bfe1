using Mes.Persistence;

namespace Mes.Inventory.Data;

sealed class InventoryDesignTime : DesignTimeFactory<InventoryDb>;
