using System.Net;
using System.Net.Sockets;
using System.Text;
using Support.Simulation;

namespace Support.Bench.Speed;

/// <summary>One keep-alive connection to one bot's webhook. The request is built once; only the numbers in it change.</summary>
internal sealed class IntakeConnection : IDisposable
{
    private const int ChatCount = 100;
    private const string Digits = "0000000000";

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _answer = new byte[4096];
    private readonly byte[] _request;
    private readonly int[] _idsAt;
    private readonly long _firstChat;
    private int _sent;

    public IntakeConnection(BenchDesk desk, SimulatedBot bot, int number)
    {
        _firstChat = 2_000_000_000L + number * ChatCount;
        for (var i = 0; i < ChatCount; i++)
            desk.Telegram.AddChat(new SimulatedChat(_firstChat + i, "Ann") { Bots = [bot.Id], Members = [new SimulatedUser(_firstChat + i, "Ann")] });
        var body =
            $$$"""
            {"update_id":{{{Digits}}},"message":{"message_id":{{{Digits}}},"from":{"id":{{{Digits}}},"is_bot":false,"first_name":"Ann","language_code":"en"},"chat":{"id":{{{Digits}}},"first_name":"Ann","type":"private"},"date":{{{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()}}},"text":"How do I return a lamp that I have bought last week, and who pays for it?"}}
            """;
        var head = $"POST /telegram/{desk.Tenant}/{bot.Id} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nX-Telegram-Bot-Api-Secret-Token: {desk.SecretOf(bot)}\r\nContent-Length: {body.Length}\r\n\r\n";
        _request = Encoding.ASCII.GetBytes(head + body);
        _idsAt = [.. Places(head + body)];
        var url = new Uri(desk.Process.Url);
        _socket.Connect(IPAddress.Loopback, url.Port);
    }

    /// <summary>Ids that were answered 200.</summary>
    public List<long> Acknowledged { get; } = [];

    public int Refused { get; private set; }

    private static IEnumerable<int> Places(string request)
    {
        for (var at = request.IndexOf(Digits, StringComparison.Ordinal); at >= 0; at = request.IndexOf(Digits, at + Digits.Length, StringComparison.Ordinal))
            yield return at;
    }

    /// <summary>Posts one update and waits for its answer.</summary>
    public async ValueTask PostAsync(long updateId)
    {
        var chat = _firstChat + _sent % ChatCount;
        Write(_idsAt[0], updateId);
        Write(_idsAt[1], 1_000_000_000L + _sent++);
        Write(_idsAt[2], chat);
        Write(_idsAt[3], chat);
        await _socket.SendAsync(_request);
        var read = 0;
        while (!_answer.AsSpan(0, read).EndsWith("\r\n\r\n"u8))
        {
            var more = await _socket.ReceiveAsync(_answer.AsMemory(read));
            if (more == 0)
                throw new IOException($"The desk closed the connection after: {Encoding.ASCII.GetString(_answer, 0, read)}");
            read += more;
        }
        if (_answer.AsSpan().StartsWith("HTTP/1.1 200"u8))
            Acknowledged.Add(updateId);
        else
            Refused++;
    }

    private void Write(int at, long number)
    {
        for (var i = Digits.Length - 1; i >= 0; i--, number /= 10)
            _request[at + i] = (byte)('0' + number % 10);
    }

    public void Dispose() => _socket.Dispose();
}
