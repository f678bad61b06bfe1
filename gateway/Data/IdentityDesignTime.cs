using Mes.Messaging;

namespace Mes.Gateway.Data;

sealed class IdentityDesignTime : DesignTimeFactory<IdentityDb>;
