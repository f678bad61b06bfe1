using Microsoft.Extensions.Logging;

namespace Mes.Messaging;

static partial class MessagingLog
{
    [LoggerMessage(2001, LogLevel.Warning, "{Queue}: the database is away, waiting: {Why}")]
    public static partial void DatabaseAway(ILogger log, string queue, string why);

    [LoggerMessage(2002, LogLevel.Error, "Message {MessageId} parked for {Queue} after {Attempts} attempts")]
    public static partial void Parked(ILogger log, Guid messageId, string queue, int attempts, Exception failure);

    [LoggerMessage(2003, LogLevel.Warning, "{Service}: dispatching stopped, trying again in a second: {Why}")]
    public static partial void DispatchStopped(ILogger log, string service, string why);

    [LoggerMessage(2004, LogLevel.Information, "{Service}: this process dispatches the outbox")]
    public static partial void Dispatching(ILogger log, string service);

    [LoggerMessage(2005, LogLevel.Warning, "{Service}: outbox row {Row} not delivered, will be sent again: {Why}")]
    public static partial void NotDelivered(ILogger log, string service, long row, string why);

    [LoggerMessage(2007, LogLevel.Warning, "The broker is lost, connecting anew every second: {Why}")]
    public static partial void BrokerLost(ILogger log, string why);

    [LoggerMessage(2008, LogLevel.Warning, "The old bus did not stop in time and is left behind: {Why}")]
    public static partial void BusNotStopped(ILogger log, string why);

    [LoggerMessage(2009, LogLevel.Critical,
        "The broker answers, but {Starts} buses in a row did not start: ending the process so that it is started again")]
    public static partial void BusGivenUp(ILogger log, int starts);

    [LoggerMessage(2011, LogLevel.Error,
        "{Service}: outbox row {Row} ({Type}) parked after {Attempts} attempts: nobody can take it")]
    public static partial void Undelivered(
        ILogger log, string service, long row, string type, int attempts, Exception failure);

    [LoggerMessage(2010, LogLevel.Information, "On the broker: publishing and consuming")]
    public static partial void BrokerFound(ILogger log);
}
