using System.Text;
using Microsoft.Extensions.AI;
using Support.Models;
using Support.OpenAi.Calls;
using Support.OpenAi.Settings;
using Support.Reranking;

namespace Support.OpenAi;

/// <summary>The smallest question that shows whether key, model and address are right.</summary>
internal sealed class ModelProbe(ModelsOptions options, ModelPlan plan, ModelCaller caller, ModelClients clients, System.Net.Http.HttpClient http, TimeProvider clock)
{
    // A reasoning model spends its first tokens in thought.
    private const int FewTokens = 256;

    private readonly RerankCall _rerank = new(http, options.RerankEndpoint, clock);

    /// <returns>Null when it answers.</returns>
    public Task<CallFailedException?> AskAsync(ModelTarget target, CancellationToken cancellation) => caller.ProbeAsync(target, (attempt, token) => OnceAsync(target, attempt, token), cancellation);

    private Task OnceAsync(ModelTarget target, CallTry attempt, CancellationToken cancellation) => target.Role switch
    {
        _ when plan.IsRerankEndpoint(target) => _rerank.OnceAsync("ok", ["ok"], attempt, cancellation),
        ModelRole.Embedding => RoleEmbeddings.OnceAsync(clients, options, ["ok"], null, attempt, cancellation),
        // What it hears in silence is of no interest.
        ModelRole.Transcription => clients.Audio(target).TranscribeAudioAsync(new MemoryStream(Silence()), "silence.wav", cancellationToken: cancellation),
        _ => clients.Chat(target).GetResponseAsync("Answer with the word ok.", new ChatOptions { MaxOutputTokens = FewTokens, Temperature = options.Temperature }, cancellation),
    };

    /// <summary>Half a second, 8 kHz, 16 bits: shorter ones are refused.</summary>
    private static byte[] Silence()
    {
        const int Rate = 8000;
        const int Bytes = Rate;
        using var wave = new MemoryStream();
        using (var writer = new BinaryWriter(wave, Encoding.ASCII, leaveOpen: true))
        {
            writer.Write("RIFF"u8);
            writer.Write(36 + Bytes);
            writer.Write("WAVEfmt "u8);
            writer.Write(16);
            writer.Write((short)1);
            writer.Write((short)1);
            writer.Write(Rate);
            writer.Write(Rate * 2);
            writer.Write((short)2);
            writer.Write((short)16);
            writer.Write("data"u8);
            writer.Write(Bytes);
            writer.Write(new byte[Bytes]);
        }
        return wave.ToArray();
    }
}
