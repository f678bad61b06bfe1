using Mes.Messaging;

namespace Mes.Quality.Data;

sealed class QualityDesignTime : DesignTimeFactory<QualityDb>;
