namespace Mes.Postgres;

/// <summary>PostgreSQL cannot be started or used; the message says why and what to do, and is fit to be shown as it is.</summary>
public sealed class PostgresUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
