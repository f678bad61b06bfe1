namespace Mes.Web.Auth;

/// <summary>Where a caller shows the gateway its secret.</summary>
public static class CredentialNames
{
    /// <summary>The header of an API key or a device key.</summary>
    public const string ApiKeyHeader = "X-Api-Key";

    /// <summary>The cookie of a person's session.</summary>
    public const string SessionCookie = "mes-session";

    /// <summary>
    /// How the cookies begin by which the pages of the jobs know their own buttons; the only ones that go on to a service.
    /// </summary>
    public const string JobsCookie = "mes-jobs";
}
