using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;

namespace Mes.WorkOrders.Features.Production;

/// <summary>Who may change work that was begun.</summary>
static class WorkPermission
{
    /// <summary>Its operator, at a terminal that serves its equipment, and who may act for others.</summary>
    public static void MayChange(this WorkOrdersDb db, Work work, Caller caller)
    {
        caller.MustServe(work.Equipment);
        db.ActAs(caller, work.Operator);
    }
}
