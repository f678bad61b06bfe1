using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Mes.Benchmarks;

/// <summary>
/// One keep-alive connection that posts JSON and reads the status: a load generator that leaves the processors to what
/// it measures. Knows of HTTP/1.1 what a service's answer to a command needs: a length, no chunks.
/// </summary>
sealed class LeanClient(Uri address, string headers) : IDisposable
{
    readonly byte[] _answer = new byte[64 * 1024];
    readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    /// <summary>Posts, and returns when the whole answer is there.</summary>
    /// <exception cref="InvalidOperationException">The answer is not 200.</exception>
    public async Task Post(string path, string body, Guid id)
    {
        if (!_socket.Connected) await _socket.ConnectAsync(address.Host, address.Port);
        await _socket.SendAsync(Encoding.UTF8.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: {address.Authority}\r\n{headers}Idempotency-Key: {id}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"));
        var length = await Answer();
        if (!_answer.AsSpan().StartsWith("HTTP/1.1 200 "u8))
        {
            throw new InvalidOperationException(Encoding.UTF8.GetString(_answer, 0, length));
        }
    }

    async Task<int> Answer()
    {
        for (var read = 0; ;)
        {
            var more = await _socket.ReceiveAsync(_answer.AsMemory(read));
            read += more > 0 ? more : throw new InvalidOperationException("The service has closed the connection.");
            if (IsWhole(_answer.AsSpan(0, read))) return read;
        }
    }

    static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0) return false;
        var at = answer.IndexOf("Content-Length: "u8);
        if (at < 0 || at > head) throw new InvalidOperationException(Encoding.UTF8.GetString(answer));
        var value = answer[(at + "Content-Length: "u8.Length)..];
        return answer.Length >= head + 4 + int.Parse(value[..value.IndexOf((byte)'\r')], CultureInfo.InvariantCulture);
    }

    public void Dispose() => _socket.Dispose();
}
