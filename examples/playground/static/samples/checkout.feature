Feature: Borrow a book
  Readers borrow books at the desk, or alone at the machine.

  Background:
    Given a reader with a valid card

  Scenario: A book that is in
    When the reader scans the book
    Then the book is lent for 28 days
    And a receipt is printed

  Scenario: A book that is reserved for somebody else
    When the reader scans the book
    And the reader waits
    When the reader scans the book again

  Scenario: A book that is in
    Then the shelf is empty

  Scenario Outline: Too many books
    Given the reader has <books> books
    When the reader scans another book
    Then it is <answer>

    Examples:
      | books | answer  |
      | 9     | lent    |
      | 10    | refused |
