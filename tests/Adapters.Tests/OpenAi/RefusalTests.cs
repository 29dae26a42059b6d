using System.Text;
using Support.Models;
using Support.OpenAi.Calls;
using Support.OpenAi.Settings;

namespace Support.Tests.OpenAi;

/// <summary>What is about the content of one request is told from what a setting mends and from what passes.</summary>
public sealed class RefusalTests
{
    [Theory]
    // OpenAI: too long; Ollama: the same; a proxy: too large; vLLM and others: of a form it does not take.
    [InlineData(400, """{"error":{"message":"This model's maximum context length is 8192 tokens.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}""", ModelFailure.Refused)]
    [InlineData(400, """{"error":"the input length exceeds the context length"}""", ModelFailure.Refused)]
    [InlineData(400, "", ModelFailure.Refused)]
    [InlineData(413, "<html>Request Entity Too Large</html>", ModelFailure.Refused)]
    [InlineData(422, """{"detail":[{"msg":"String should have at most 512 tokens"}]}""", ModelFailure.Refused)]
    [InlineData(400, """{"error":{"message":"Filtered.","code":"content_filter"}}""", ModelFailure.Filtered)]
    [InlineData(422, """{"error":{"message":"Filtered.","code":"content_filter"}}""", ModelFailure.Filtered)]
    [InlineData(400, """{"error":{"message":"No such model.","code":"model_not_found"}}""", ModelFailure.Misconfigured)]
    [InlineData(400, """{"error":{"message":"No.","param":"model"}}""", ModelFailure.Misconfigured)]
    [InlineData(400, """{"error":{"message":"No.","code":"unsupported_parameter","param":"temperature"}}""", ModelFailure.Misconfigured)]
    [InlineData(401, "", ModelFailure.Misconfigured)]
    [InlineData(404, "", ModelFailure.Misconfigured)]
    [InlineData(402, "", ModelFailure.Unavailable)]
    [InlineData(429, "", ModelFailure.Unavailable)]
    [InlineData(500, """{"error":"the input length exceeds the context length"}""", ModelFailure.Unavailable)]
    public void A_status_and_its_codes_say_which_kind_of_failure_it_is(int status, string body, ModelFailure expected)
    {
        var service = ServiceAddress.Of("http://127.0.0.1:1/v1", "key", ServiceKind.Auto, "Support__Models__Endpoint", "Support__Models__Key");
        var target = new ModelTarget(ModelRole.Embedding, "embed-1", service, "Support__Models__Embedding__Model", new ModelPriceOptions());
        var failed = Refusal.Of(target, status, Encoding.UTF8.GetBytes(body), _ => null, DateTimeOffset.UnixEpoch);
        Assert.Equal(expected, failed.Failure);
        if (expected == ModelFailure.Refused)
            Assert.False(failed.MayRepeat || failed.IsServiceDown);
    }

    [Theory]
    [InlineData(403, """{"error":{"message":"Project has no access.","code":"model_not_found"}}""", "has no model embed-1")]
    [InlineData(404, """{"error":{"message":"No such model.","code":"model_not_found"}}""", "has no model embed-1")]
    [InlineData(403, "", "refuses the key")]
    public void What_is_to_be_set_is_said(int status, string body, string says)
    {
        var service = ServiceAddress.Of("http://127.0.0.1:1/v1", "key", ServiceKind.Auto, "Support__Models__Endpoint", "Support__Models__Key");
        var target = new ModelTarget(ModelRole.Embedding, "embed-1", service, "Support__Models__Embedding__Model", new ModelPriceOptions());
        Assert.Contains(says, Refusal.Of(target, status, Encoding.UTF8.GetBytes(body), _ => null, DateTimeOffset.UnixEpoch).Message, StringComparison.Ordinal);
    }
}
