using Mes.Persistence;

namespace Mes.Gateway.Data;

sealed class IdentityDesignTime : DesignTimeFactory<IdentityDb>;
