using System.Text.Json.Serialization;

namespace ProspectOps.Pipeline;

/// <summary>What is done when a workflow's money is used up.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BudgetAction>))]
public enum BudgetAction
{
    [JsonStringEnumMemberName("pause")] Pause,
    [JsonStringEnumMemberName("rules")] Rules,
    [JsonStringEnumMemberName("fail")] Fail,
}
