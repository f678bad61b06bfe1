using System.Diagnostics;

namespace Mes.Messaging;

/// <summary>The spans of messaging.</summary>
static class MessagingTraces
{
    public static readonly ActivitySource Source = new("Mes.Messaging");
}
