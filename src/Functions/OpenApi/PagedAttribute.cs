namespace ProspectOps.Functions.OpenApi;

/// <summary>An HTTP function that answers a list page by page: it takes <c>limit</c> and <c>cursor</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PagedAttribute : Attribute;
