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

    [LoggerMessage(2006, LogLevel.Error, "{Service}: audit chain not written, trying again: {Why}")]
    public static partial void ChainStopped(ILogger log, string service, string why);

    [LoggerMessage(2007, LogLevel.Error, "The broker answers but has no consumer of ours: starting the bus anew ({Restarts})")]
    public static partial void BusRestarted(ILogger log, int restarts);

    [LoggerMessage(2008, LogLevel.Error, "The bus did not stop or start in time: {Why}")]
    public static partial void BusNotRestarted(ILogger log, string why);

    [LoggerMessage(2009, LogLevel.Critical, "The bus does not come back: ending the process so that it is started again")]
    public static partial void BusGivenUp(ILogger log);
}
