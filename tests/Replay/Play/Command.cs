namespace Mes.Replay.Play;

/// <summary>A changing request to the public API.</summary>
/// <param name="Id">Sent as Idempotency-Key: under it the command is applied once, however often it is sent.</param>
/// <param name="Method">POST or PUT.</param>
/// <param name="Path">Path under /api/.</param>
/// <param name="Body">What is sent as JSON.</param>
/// <param name="What">For people: the line or order and what is done.</param>
sealed record Command(Guid Id, HttpMethod Method, string Path, object Body, string What);
