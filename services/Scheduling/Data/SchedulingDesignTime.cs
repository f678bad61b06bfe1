using Mes.Persistence;

namespace Mes.Scheduling.Data;

sealed class SchedulingDesignTime : DesignTimeFactory<SchedulingDb>;
