namespace ProspectOps.Functions.Tenancy;

/// <summary>One window that a key has to stay in.</summary>
/// <param name="Name"><c>requests.perMinute</c>, or the name of a quota.</param>
/// <param name="Kind"><c>rate</c>, <c>quota</c> or <c>budget</c>.</param>
/// <param name="AppliesTo"><c>key</c>, or <c>tenant</c> for all of its keys together.</param>
/// <param name="ResetsAt">When all of it is there again.</param>
public sealed record LimitView(string Name, string Kind, string AppliesTo, decimal Limit, decimal Used, decimal Remaining, DateTimeOffset ResetsAt);
