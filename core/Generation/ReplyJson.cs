using System.Text.Json.Serialization;
using Support.Generation.Asking;
using Support.Generation.Grounding;
using Support.Generation.Reranking;
using Support.Generation.Rewriting;
using Support.Generation.Writing;
using Support.Questions.Reading;

namespace Support.Generation;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(RerankReply))]
[JsonSerializable(typeof(AnswerReply))]
[JsonSerializable(typeof(SupportReply))]
[JsonSerializable(typeof(RewriteReply))]
[JsonSerializable(typeof(PictureReply))]
[JsonSerializable(typeof(QuestionsReply))]
internal sealed partial class ReplyJson : JsonSerializerContext;
