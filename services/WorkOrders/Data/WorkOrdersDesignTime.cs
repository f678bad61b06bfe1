using Mes.Persistence;

namespace Mes.WorkOrders.Data;

sealed class WorkOrdersDesignTime : DesignTimeFactory<WorkOrdersDb>;
