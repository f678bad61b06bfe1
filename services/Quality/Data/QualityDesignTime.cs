using Mes.Persistence;

namespace Mes.Quality.Data;

sealed class QualityDesignTime : DesignTimeFactory<QualityDb>;
