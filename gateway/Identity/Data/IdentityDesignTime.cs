using Mes.Persistence;

namespace Mes.Gateway.Identity.Data;

sealed class IdentityDesignTime : DesignTimeFactory<IdentityDb>;
