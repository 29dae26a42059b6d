namespace Support.Knowledge;

/// <summary>Who may read a document. What is for staff reaches a customer only as a draft that an admin sends.</summary>
public enum Audience { Customers, Staff }
