using Mes.Messaging;

namespace Mes.Scheduling.Data;

sealed class SchedulingDesignTime : DesignTimeFactory<SchedulingDb>;
