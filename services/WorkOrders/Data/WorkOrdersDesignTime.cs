using Mes.Messaging;

namespace Mes.WorkOrders.Data;

sealed class WorkOrdersDesignTime : DesignTimeFactory<WorkOrdersDb>;
