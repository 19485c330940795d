namespace Microsoft.Azure.Functions.Worker;

/// <summary>Marks the property that answers the request, in a returned object that holds other outputs too.</summary>
[AttributeUsage(AttributeTargets.Property)]
public class HttpResultAttribute : Attribute;
