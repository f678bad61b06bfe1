using Mes.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Mes.Messaging;

/// <summary>Writes parked messages.</summary>
static class Parking
{
    // SQL: the same message may be parked again: put in, or counted up where it is there
    public static Task Park(MesDbContext db, ParkedMessage message) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO parked_message (message_id, queue, type, body, error, attempts)
        VALUES ({message.MessageId}, {message.Queue}, {message.Type}, {message.Body}, {message.Error}, {message.Attempts})
        ON CONFLICT (message_id, queue) DO UPDATE
        SET error = excluded.error, attempts = parked_message.attempts + excluded.attempts, replayed_at = NULL
        """);
}
